uniform float dash;   // device pixels drawn and left out; 0: unbroken
uniform float slice;  // of the depths: later outlines lie over earlier ones
uniform uint ink;
out vec4 colour;
void main() {
  float across, run;
  float away = distance_to_line(across, run);
  float share = stroke_share(away);
  if (share <= 0.0 || (dash > 0.0 && mod(along + run, 2.0 * dash) > dash)) discard;
  vec4 c = unpack_colour(ink);
  colour = vec4(c.rgb, 1.0) * share;
  gl_FragDepth = slice + clamp((away - 0.01 * abs(across)) * 0.02, 0.0, 0.2) + 0.01;
}
