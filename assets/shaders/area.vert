layout(location = 0) in vec2 position;  // metres from the land's origin
layout(location = 1) in uint unit;
uniform usamplerBuffer styles;          // by unit: packed fill, patterns and flags
uniform vec2 shift;                     // metres from the camera's centre to the origin
uniform float scale;                    // device pixels per metre
uniform vec2 centre, target_size;       // device pixels
flat out vec4 fill, encoded_fill;
flat out uint patterns;
void main() {
  vec2 ground = (position + shift) * scale;
  gl_Position = from_pixels(centre + vec2(ground.x, -ground.y), target_size);
  uvec2 style = texelFetch(styles, int(unit)).rg;
  fill = unpack_colour(style.r);
  encoded_fill = unpack_encoded(style.r);
  patterns = style.g;
}
