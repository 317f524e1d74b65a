uniform vec4 place;  // left, bottom, width, height; from -1 to 1
out vec2 at;
void main() {
  at = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  gl_Position = vec4(place.xy + at * place.zw, 0.0, 1.0);
}
