layout(location = 0) in ivec4 box;    // device pixels: x, y, width, height
layout(location = 1) in ivec2 place;  // texel in the atlas
layout(location = 2) in uint ink;
layout(location = 3) in ivec4 line;   // left, top, right, bottom of the whole line
uniform vec2 target_size;
uniform ivec2 shift;                  // from the run's pixels to the target's
uniform ivec4 area;                   // a line is seen only whole,
uniform ivec4 taken[8];               // and clear of these
uniform int taken_count;
flat out vec4 colour_in;
out vec2 texel;
void main() {
  vec2 side = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = from_pixels(vec2(box.xy + shift) + side * vec2(box.zw), target_size);
  texel = vec2(place) + side * vec2(box.zw);
  colour_in = unpack_colour(ink);
  ivec4 at = line + shift.xyxy;
  bool seen = all(greaterThanEqual(at.xy, area.xy)) && all(lessThanEqual(at.zw, area.zw));
  for (int i = 0; i < taken_count; ++i) {
    seen = seen && (any(greaterThanEqual(at.xy, taken[i].zw)) ||
                    any(lessThanEqual(at.zw, taken[i].xy)));
  }
  if (!seen) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);  // outside of what is drawn
}
