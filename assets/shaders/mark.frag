uniform float ratio;
flat in vec4 fill, line;
flat in uint flags;
flat in float line_width;
flat in vec2 half_size;
in vec2 offset;
out vec4 colour;
void main() {
  bool ellipse = (flags & 512u) != 0u;
  float outside;  // signed distance to the edge, device pixels
  if (ellipse) {
    outside = (length(offset / half_size) - 1.0) * min(half_size.x, half_size.y);
  } else {
    vec2 d = abs(offset) - half_size;
    outside = max(d.x, d.y);
  }
  vec4 c = patterned(fill, flags, offset + half_size, ratio);
  float inside = clamp(0.5 - outside, 0.0, 1.0);
  colour = vec4(c.rgb * c.a, c.a) * inside;
  float edge = clamp(line_width * 0.5 + 0.5 - abs(outside), 0.0, min(line_width, 1.0));
  if ((flags & 8u) != 0u) {  // dashed: around the box from its top left corner
    vec2 p = offset + half_size;
    bool horizontal = half_size.y - abs(offset.y) < half_size.x - abs(offset.x);
    if (mod(horizontal ? p.x : p.y, 6.0 * ratio) > 3.0 * ratio) edge = 0.0;
  }
  float share = line.a * edge;
  colour = vec4(line.rgb * share, share) + colour * (1.0 - share);
}
