// Samples are averaged in linear light (fetching decodes) and encoded once, into a texture that
// says nothing about sRGB: whoever shows it copies the values as they are.
uniform sampler2DMS source;
uniform int samples;
out vec4 colour;
void main() {
  vec3 sum = vec3(0.0);
  for (int i = 0; i < samples; ++i) sum += texelFetch(source, ivec2(gl_FragCoord.xy), i).rgb;
  vec3 c = sum / float(samples);
  colour = vec4(mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c)), 1.0);
}
