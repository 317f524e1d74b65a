flat in vec4 ends;
flat in uvec2 codes;
flat in float along;
in vec2 at;
uniform float half_width;  // of the stroke, device pixels; negative: none
// How far the pixel's centre is from the line; `across`: from the line drawn on, positive to the left;
// `run`: how far along it, pixels.
float distance_to_line(out float across, out float run) {
  vec2 line = ends.zw - ends.xy, p = at - ends.xy;
  float size = max(length(line), 1e-6);
  run = clamp(dot(p, line) / size, 0.0, size);
  across = (line.x * p.y - line.y * p.x) / size;
  return length(p - line * (run / size));
}
// The share of a pixel that a stroke of this width covers.
float stroke_share(float away) {
  return clamp(min(half_width + 0.5 - away, 2.0 * half_width), 0.0, 1.0);
}
