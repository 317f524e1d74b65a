uniform sampler2D picture;  // as it is shown: sRGB-encoded
in vec2 at;
flat in float share;
out vec4 colour;
void main() { colour = vec4(texture(picture, at).rgb, share); }
