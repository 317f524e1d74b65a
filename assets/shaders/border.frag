uniform float dash;  // device pixels drawn and left out; 0: unbroken
flat in vec4 colour_in;
in float distance_along;
out vec4 colour;
void main() {
  if (dash > 0.0 && mod(distance_along, 2.0 * dash) > dash) discard;
  colour = colour_in;  // opaque and sRGB-encoded already
}
