#version 330
in vec3 position;
uniform mat4 camera;
uniform mat4 lamp;
out vec3 v_in_lamp;
out vec2 v_at;

void main() {
    v_at = position.xz;
    v_in_lamp = (lamp * vec4(position, 1)).xyz * 0.5 + 0.5;
    gl_Position = camera * vec4(position, 1);
}
