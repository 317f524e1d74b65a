// Areas without a pattern: most pixels, on machines that draw without a graphics card.
flat in vec4 fill;
out vec4 colour;
void main() {
  colour = vec4(fill.rgb * fill.a, fill.a);
}
