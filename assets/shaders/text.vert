layout(location = 0) in ivec4 box;    // device pixels: x, y, width, height
layout(location = 1) in ivec2 place;  // texel in the atlas
layout(location = 2) in uint ink;
uniform vec2 target_size;
flat out vec4 colour_in;
out vec2 texel;
void main() {
  vec2 side = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = from_pixels(vec2(box.xy) + side * vec2(box.zw), target_size);
  texel = vec2(place) + side * vec2(box.zw);
  colour_in = unpack_colour(ink);
}
