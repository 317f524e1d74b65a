layout(location = 0) in vec2 position;  // metres from the cloud's origin, or pixels of the page
layout(location = 1) in uvec2 place;    // unit, state
uniform vec2 shift;                     // metres from the camera's centre to the cloud's origin
uniform float scale;                    // device pixels per metre
uniform vec2 centre, target_size;       // device pixels
uniform float ratio;                    // device pixels per logical pixel
uniform uvec2 styles[16];               // by state: ink; body, around, reach in eighths of a pixel
uniform usamplerBuffer units;           // 0: points of this unit are not shown
uniform bool some_hidden;
uniform int hovered;                    // a vertex, or -1
flat out vec4 ink;
flat out uvec2 shape;                   // body, around
flat out float reach;                   // device pixels to the end of the casing
flat out float pixel;                   // device pixels of a logical pixel of the symbol
void main() {
  uvec2 style = styles[place.y];
  vec2 ground = (position + shift) * scale;
  // On the middle of a pixel, so that the thin lines of all symbols look alike.
  vec2 middle = floor(centre + vec2(ground.x, -ground.y)) + 0.5;
  gl_Position = from_pixels(middle, target_size);
  if (some_hidden && (place.x == 0xffffffffu || texelFetch(units, int(place.x)).r == 0u)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);  // outside of what is drawn
  }
  ink = unpack_colour(style.x);
  shape = uvec2(style.y & 255u, (style.y >> 8u) & 255u);
  pixel = ratio * (gl_VertexID == hovered ? 1.5 : 1.0);
  reach = float(style.y >> 16u) / 8.0 * pixel;
  gl_PointSize = ceil(2.0 * reach + 1.0);
}
