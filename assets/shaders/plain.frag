// Who owns a pixel → its colour, sRGB-encoded.
uniform usampler2D owners;      // unit + 1
uniform usamplerBuffer styles;  // 0: the background; by unit + 1: packed fill, patterns and flags
out vec4 colour;
void main() {
  uint owner = texelFetch(owners, ivec2(gl_FragCoord.xy), 0).r;
  colour = vec4(unpack_encoded(texelFetch(styles, int(owner)).r).rgb, 1.0);
}
