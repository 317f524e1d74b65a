// Colours arrive sRGB-encoded, packed 0xRRGGBBAA; the targets blend in linear light.
vec3 to_linear(vec3 c) {
  return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}
vec4 unpack_encoded(uint bits) {
  return vec4(float(bits >> 24u), float((bits >> 16u) & 255u), float((bits >> 8u) & 255u),
              float(bits & 255u)) / 255.0;
}
vec4 unpack_colour(uint bits) {
  vec4 c = unpack_encoded(bits);
  return vec4(to_linear(c.rgb), c.a);
}
// Device pixels, y down, to clip space.
vec4 from_pixels(vec2 pixel, vec2 target) {
  return vec4(pixel.x / target.x * 2.0 - 1.0, 1.0 - pixel.y / target.y * 2.0, 0.0, 1.0);
}
