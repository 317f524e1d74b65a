// Over plain.frag: units with a pattern, and translucent ones.
flat in uint code;
out vec4 colour;
void main() { colour = encoded(owner_colour(texelFetch(styles, int(code)).rg)); }
