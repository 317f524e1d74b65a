flat in vec4 line;
in vec2 across;
out vec4 colour;
void main() {
  float share = line.a * clamp(across.y + 0.5 - abs(across.x), 0.0, 1.0);
  colour = vec4(line.rgb * share, share);
}
