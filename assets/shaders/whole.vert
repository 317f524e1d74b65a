void main() {  // one triangle over the whole target, behind every border
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.999, 1.0);
}
