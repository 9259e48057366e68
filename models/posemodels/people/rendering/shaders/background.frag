#version 330
in vec2 v_at;
uniform sampler2D wall;
uniform vec3 first;
uniform vec3 second;
uniform vec4 shares;             // vertical, radial, texture, repeats
layout(location = 0) out vec4 color;
layout(location = 1) out vec4 triangle;

void main() {
    float along = clamp(shares.x * (v_at.y * 0.5 + 0.5) + shares.y * length(v_at * vec2(0.8, 0.6)), 0.0, 1.0);
    vec3 plain = mix(first, second, along);
    color = vec4(mix(plain, texture(wall, v_at * vec2(0.75, 1.0) * shares.w).rgb, shares.z), 0.0);
    triangle = vec4(0.0);
}
