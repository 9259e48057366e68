#version 330
in vec3 position;
in float cut;
uniform mat4 lamp;
out float v_cut;

void main() {
    v_cut = cut;
    gl_Position = lamp * vec4(position, 1);
}
