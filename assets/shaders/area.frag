uniform vec2 target_size;
uniform vec2 anchor;  // the land's origin within one period of the patterns, device pixels
uniform float ratio;
flat in vec4 fill;
flat in uint patterns;
out vec4 colour;
void main() {
  vec2 pixel = vec2(gl_FragCoord.x, target_size.y - gl_FragCoord.y) - anchor;
  vec4 c = patterned(fill, patterns, pixel, ratio);
  colour = vec4(c.rgb * c.a, c.a);
}
