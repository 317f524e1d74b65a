// Attributes rather than uniforms: a program is shared by the contexts of two windows, attributes
// that no array gives are each context's own.
layout(location = 0) in vec4 place;  // left, bottom, width, height; from -1 to 1
layout(location = 1) in float opacity;
out vec2 at;
flat out float share;
void main() {
  at = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  share = opacity;
  gl_Position = vec4(place.xy + at * place.zw, 0.0, 1.0);
}
