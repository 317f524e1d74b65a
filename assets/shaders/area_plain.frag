// Areas without a pattern: most pixels, on machines that draw without a graphics card.
uniform bool encoded;  // the target takes sRGB values as they are: nothing is blended
flat in vec4 fill, encoded_fill;
out vec4 colour;
void main() {
  colour = encoded ? encoded_fill : vec4(fill.rgb * fill.a, fill.a);
}
