// What both sides of a border and its stroke have of a pixel; the nearest line of the heaviest rank
// within whose stroke the pixel lies is kept, by depth.
uniform uint rank;  // geo::BorderRank
out uvec2 edge;  // left unit + 1 and its share; right unit + 1, rank and stroke
void main() {
  float across, run;
  float away = distance_to_line(across, run);
  float stroke = stroke_share(away);
  if (stroke <= 0.0 && away >= 0.5) discard;
  float left = clamp(0.5 + (across < 0.0 ? -away : away), 0.0, 1.0);
  edge = uvec2(codes.x << 8u | uint(left * 255.0 + 0.5),
                 codes.y << 8u | rank << 6u | uint(stroke * 63.0 + 0.5));
  // Beyond a corner both its lines are equally near: the one less drawn on knows the side.
  float near = (away - 0.01 * abs(across)) * 0.02;
  gl_FragDepth = (stroke > 0.0 ? float(rank) * 0.25 : 0.75) + clamp(near, 0.0, 0.2) + 0.01;
}
