// Pixels along borders: both sides and the stroke, by their shares; see edge.frag.
uniform usampler2D edges;
uniform uvec3 border_colours;  // by rank
out vec4 colour;
void main() {
  uvec2 edge = texelFetch(edges, ivec2(gl_FragCoord.xy), 0).rg;
  uint rank = (edge.y >> 6u) & 3u;
  vec3 c = mix(owner_colour(texelFetch(styles, int(edge.y >> 8u)).rg),
               owner_colour(texelFetch(styles, int(edge.x >> 8u)).rg),
               float(edge.x & 255u) / 255.0);
  uint ink = rank == 0u ? border_colours.x : rank == 1u ? border_colours.y : border_colours.z;
  colour = encoded(mix(c, unpack_colour(ink).rgb, float(edge.y & 63u) / 63.0));
}
