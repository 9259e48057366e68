#version 330
// position and normal move with the pose; the rest belongs to the person.
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec2 metric_uv;
in vec3 rest;
in float cut;
uniform mat4 camera;
uniform mat4 lamp;
out vec3 v_normal;
out vec2 v_uv;
out vec2 v_metric_uv;
out vec3 v_rest;
out float v_cut;
out vec3 v_position;
out vec3 v_in_lamp;

void main() {
    v_normal = normal;
    v_uv = uv;
    v_metric_uv = metric_uv;
    v_rest = rest;
    v_cut = cut;
    v_position = position;
    v_in_lamp = (lamp * vec4(position, 1)).xyz * 0.5 + 0.5;
    gl_Position = camera * vec4(position, 1);
}
