layout(location = 0) in vec4 box;       // device pixels: x, y, width, height
layout(location = 1) in uvec4 style;    // fill, stroke, patterns and flags (bit 9: ellipse)
layout(location = 2) in float stroke;   // device pixels
uniform vec2 target_size;
flat out vec4 fill, line;
flat out uint flags;
flat out float line_width;
flat out vec2 half_size;
out vec2 offset;                        // device pixels from the centre
void main() {
  vec2 side = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  half_size = box.zw * 0.5;
  offset = side * (half_size + stroke * 0.5 + 1.0);
  gl_Position = from_pixels(box.xy + half_size + offset, target_size);
  fill = unpack_colour(style.x);
  line = unpack_colour(style.y);
  flags = style.z;
  line_width = stroke;
}
