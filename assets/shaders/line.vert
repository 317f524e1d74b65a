// Each line of a border becomes four corners around all pixels within `reach` of it.
uniform usamplerBuffer lines;      // x, y (metres from the block's origin), along, arc
uniform usamplerBuffer sides;      // by arc: the units to the left and right
uniform vec2 shift;                // as in area.vert
uniform float scale;
uniform vec2 centre, target_size;
uniform float reach;               // device pixels
flat out vec4 ends;                // device pixels from the centre, y up
flat out uvec2 codes;              // left, right; 0: outside
flat out float along;              // device pixels since the border's beginning
out vec2 at;
void main() {
  int line = gl_VertexID >> 2;
  uvec4 from = texelFetch(lines, line), to = texelFetch(lines, line + 1);
  if (uintBitsToFloat(to.z) <= 0.0) {  // another border begins there
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
    return;
  }
  vec2 a = (uintBitsToFloat(from.xy) + shift) * scale, b = (uintBitsToFloat(to.xy) + shift) * scale;
  ends = vec4(a, b);
  codes = texelFetch(sides, int(from.w)).rg + 1u;
  along = uintBitsToFloat(from.z) * scale;
  vec2 run = b - a;
  float size = length(run);
  vec2 forward = size > 1e-6 ? run / size : vec2(1.0, 0.0);
  vec2 corner = vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) * 2.0 - 1.0;
  at = (corner.x < 0.0 ? a : b) + reach * (forward * corner.x + vec2(-forward.y, forward.x) * corner.y);
  gl_Position = from_pixels(centre + vec2(at.x, -at.y), target_size);
}
