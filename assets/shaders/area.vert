layout(location = 0) in vec2 position;  // metres from the block's origin
layout(location = 1) in uint unit;
uniform vec2 shift;                     // metres from the camera's centre to the block's origin
uniform float scale;                    // device pixels per metre
uniform vec2 centre, target_size;       // device pixels
flat out uint code;
void main() {
  vec2 ground = (position + shift) * scale;
  gl_Position = from_pixels(centre + vec2(ground.x, -ground.y), target_size);
  code = unit + 1u;
}
