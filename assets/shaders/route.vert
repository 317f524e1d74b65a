layout(location = 0) in vec2 place;   // device pixels
layout(location = 1) in vec2 stroke;  // how far from the middle, and half of the width, both in pixels
layout(location = 2) in uint ink;
uniform vec2 target_size;
flat out vec4 line;
out vec2 across;
void main() {
  gl_Position = from_pixels(place, target_size);
  line = unpack_colour(ink);
  across = stroke;
}
