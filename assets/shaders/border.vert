// Each border segment becomes an octagonal capsule (8 corners), or a rectangle (4) when it is too
// thin for that to be seen: joints without gaps, and the same coverage however many overlap.
layout(location = 0) in vec4 segment;  // metres from the land's origin
layout(location = 1) in float along;   // metres along the border up to the segment's start
uniform vec2 shift;
uniform float scale;
uniform vec2 centre, target_size;
uniform float half_width;              // device pixels
uniform uint border_colour;
flat out vec4 colour_in;
out float distance_along;              // device pixels
uniform bool thin;
const vec3 capsule[8] = vec3[8](  // end, along, across
    vec3(0, -1.0, 0.4142), vec3(0, -1.0, -0.4142), vec3(0, -0.4142, 1.0), vec3(0, -0.4142, -1.0),
    vec3(1, 0.4142, 1.0), vec3(1, 0.4142, -1.0), vec3(1, 1.0, 0.4142), vec3(1, 1.0, -0.4142));
const vec3 rectangle[4] = vec3[4](vec3(0, -0.5, 1.0), vec3(0, -0.5, -1.0), vec3(1, 0.5, 1.0),
                                  vec3(1, 0.5, -1.0));
void main() {
  vec2 a = (segment.xy + shift) * scale, b = (segment.zw + shift) * scale;
  a.y = -a.y;
  b.y = -b.y;
  vec2 run = b - a;
  float length_px = length(run);
  vec2 forward = length_px > 1e-6 ? run / length_px : vec2(1.0, 0.0);
  vec3 corner = thin ? rectangle[gl_VertexID & 3] : capsule[gl_VertexID];
  vec2 pixel = mix(a, b, corner.x) +
               half_width * (forward * corner.y + vec2(-forward.y, forward.x) * corner.z);
  gl_Position = from_pixels(centre + pixel, target_size);
  colour_in = unpack_encoded(border_colour);
  distance_along = along * scale + corner.x * length_px + corner.y * half_width;
}
