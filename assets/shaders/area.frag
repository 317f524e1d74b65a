flat in uint code;
out uint owner;
void main() { owner = code; }
