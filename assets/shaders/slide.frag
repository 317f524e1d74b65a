uniform sampler2D picture;  // as it is shown: sRGB-encoded
uniform float opacity;
in vec2 at;
out vec4 colour;
void main() { colour = vec4(texture(picture, at).rgb, opacity); }
