// Symbols of settlements, in logical pixels from their middle, y down; as in panels/legend.cpp.
flat in vec4 ink;
flat in uvec2 shape;
flat in float reach, pixel;
out vec4 colour;
void main() {
  float size = ceil(2.0 * reach + 1.0);
  vec2 p = (gl_PointCoord - 0.5) * size / pixel;
  float from_middle = length(p);
  float body, casing;  // signed distances to what is inked and what is white
  if (shape.x == 0u) {         // dot
    body = from_middle - (shape.y == 0u ? 2.3 : 2.6);
    casing = body - 1.1;
  } else if (shape.x == 3u) {  // open dot
    body = abs(from_middle - 2.25) - 0.55;
    casing = from_middle - 4.0;
  } else {                     // square, open square
    float side = max(abs(p.x), abs(p.y));
    body = shape.x == 2u ? side - 3.4 : abs(side - 3.0) - 0.55;
    casing = side - 4.5;
  }
  if (shape.y != 0u) {
    float line = abs(from_middle - 5.7) - 0.75;
    bool cut = shape.y == 1u ? p.y > -1.2                    // arc: above
               : shape.y == 3u && abs(p.y) > 1.6;            // sides: unknown
    if (!cut) {
      body = min(body, line);
      casing = min(casing, line - 1.0);
    }
  }
  float white = clamp(0.5 - casing * pixel, 0.0, 1.0), share = clamp(0.5 - body * pixel, 0.0, 1.0);
  if (white <= 0.0 && share <= 0.0) discard;
  vec3 mixed = mix(vec3(1.0), ink.rgb, share);
  white = max(white, share) * ink.a;
  colour = vec4(mixed * white, white);
}
