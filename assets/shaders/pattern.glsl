// Patterns repeat every 10 logical pixels both ways, so a phase within one period places them.
// Bits as in render::Pattern, and bit 8: the fill is dark, so the ink is white.
float stripe(float across, float period, float width) {
  float d = abs(mod(across + period * 0.5, period) - period * 0.5);
  return clamp((width * 0.5 - d) + 0.5, 0.0, 1.0);
}
vec4 over(vec3 ink, float share, vec4 under) {
  return vec4(mix(under.rgb, ink, share), max(under.a, share));
}
// `pixel`: device pixels from the anchor, y down; `ratio`: device pixels per logical pixel.
vec4 patterned(vec4 fill, uint patterns, vec2 pixel, float ratio) {
  if ((patterns & 23u) == 0u) return fill;
  bool dark = (patterns & 256u) != 0u;
  float period = 10.0 * ratio;
  const float diagonal = 0.70710678;
  if ((patterns & 16u) != 0u) {  // uncertain: thin level lines, fainter than what lies over them
    float lines = stripe(pixel.y - 0.5, period * 0.5, 0.8 * ratio);
    fill = over(dark ? vec3(1.0) : vec3(0.022), lines * (dark ? 0.5 : 0.38), fill);
  }
  if ((patterns & 4u) != 0u) {  // estimated: thin cross hatch
    float lines = max(stripe((pixel.x + pixel.y) * diagonal, period * diagonal, 0.7 * ratio),
                      stripe((pixel.x - pixel.y) * diagonal, period * diagonal, 0.7 * ratio));
    fill = over(dark ? vec3(1.0) : vec3(0.022), lines * (dark ? 0.55 : 0.6), fill);
  }
  if ((patterns & 1u) != 0u) {  // no grid electricity: hatch, between the dots when both lie here
    float lines = stripe((pixel.x + pixel.y + period * 0.5) * diagonal, period * diagonal,
                         (dark ? 1.1 : 1.2) * ratio);  // white on dark looks wider
    fill = over(dark ? vec3(1.0) : vec3(0.010), lines, fill);
  }
  if ((patterns & 2u) != 0u) {  // no or weak signal: dots
    vec2 cell = mod(pixel + period * 0.5, period) - period * 0.5;
    float dot_ = clamp((dark ? 1.75 : 1.85) * ratio - length(cell) + 0.5, 0.0, 1.0);
    fill = over(dark ? vec3(1.0) : vec3(0.010, 0.030, 0.120), dot_, fill);
  }
  return fill;
}
