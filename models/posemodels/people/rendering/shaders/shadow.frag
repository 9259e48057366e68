#version 330
in float v_cut;

void main() {
    if (v_cut < 0.0) discard;
}
