#version 330
in vec3 v_in_lamp;
in vec2 v_at;
uniform sampler2DShadow shadow_map;
uniform float darkness;
layout(location = 0) out vec4 color;
layout(location = 1) out vec4 triangle;

void main() {
    float lit = 0.0;
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
            lit += texture(shadow_map, vec3(v_in_lamp.xy + vec2(i, j) * 0.005, v_in_lamp.z - 0.003));
    float fade = max(0.0, 1.0 - length(v_at) / 9.0);
    color = vec4(0.0, 0.0, 0.0, darkness * (1.0 - lit / 9.0) * fade);
    triangle = vec4(0.0);
}
