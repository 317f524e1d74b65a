uniform vec2 target_size;
uniform vec2 anchor;  // the land's origin within one period of the patterns, device pixels
uniform float ratio;
uniform bool encoded;  // as in area_plain.frag
flat in vec4 fill;
flat in uint patterns;
out vec4 colour;
void main() {
  vec2 pixel = vec2(gl_FragCoord.x, target_size.y - gl_FragCoord.y) - anchor;
  vec4 c = patterned(fill, patterns, pixel, ratio);
  vec3 srgb = mix(c.rgb * 12.92, 1.055 * pow(c.rgb, vec3(1.0 / 2.4)) - 0.055,
                  step(0.0031308, c.rgb));
  colour = encoded ? vec4(srgb, 1.0) : vec4(c.rgb * c.a, c.a);
}
