uniform usamplerBuffer styles;  // 0: the background; by unit + 1: packed fill, patterns and flags
uniform vec2 target_size;
uniform vec2 anchor;            // a place on the ground within one period of the patterns
uniform float ratio;
vec3 owner_colour(uvec2 style) {
  vec2 pixel = vec2(gl_FragCoord.x, target_size.y - gl_FragCoord.y) - anchor;
  vec4 c = patterned(unpack_colour(style.r), style.g, pixel, ratio);
  return mix(unpack_colour(texelFetch(styles, 0).r).rgb, c.rgb, c.a);
}
vec4 encoded(vec3 c) {
  return vec4(mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c)), 1.0);
}
