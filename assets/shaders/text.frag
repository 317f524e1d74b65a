uniform sampler2D atlas;
uniform bool halo;
flat in vec4 colour_in;
in vec2 texel;
out vec4 colour;
void main() {
  vec2 coverage = texelFetch(atlas, ivec2(floor(texel)), 0).rg;
  float share = halo ? coverage.g : coverage.r * colour_in.a;
  vec3 ink = halo ? vec3(1.0) : colour_in.rgb;
  colour = vec4(ink * share, share);
}
