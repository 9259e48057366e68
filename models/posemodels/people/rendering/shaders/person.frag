#version 330
in vec3 v_normal;
in vec2 v_uv;
in vec2 v_metric_uv;
in vec3 v_rest;
in float v_cut;
in vec3 v_position;
in vec3 v_in_lamp;
uniform sampler2D diffuse_map;
uniform sampler2D normal_map;
uniform sampler2D occlusion_map;
uniform sampler2D fabric_map;
uniform sampler2D print_map;
uniform sampler2DShadow shadow_map;
uniform bool has_normals;
uniform bool has_occlusion;
uniform bool has_fabric;
uniform bool has_print;
uniform bool blending;           // the second pass, of half-covered texels
uniform int first_triangle;
uniform float skin;
uniform float wrinkle;
uniform float specular;
uniform float fabric_scale;
uniform float texture_detail;
uniform float texture_luminance;
uniform vec4 print_rectangle;
uniform mat3 color_matrix;
uniform vec3 tint;
uniform vec3 eye;
uniform vec3 lamp_direction;
uniform vec3 lamp_color;
uniform vec3 sky_color;
uniform vec3 ground_color;
layout(location = 0) out vec4 color;
layout(location = 1) out vec4 triangle;

// A normal bent by a map, with tangents from screen derivatives, since the meshes bring none.
vec3 bend(vec3 n, sampler2D map, vec2 uv, float strength) {
    vec3 along_x = dFdx(v_position), along_y = dFdy(v_position);
    vec2 uv_x = dFdx(uv), uv_y = dFdy(uv);
    vec3 tangent = along_x * uv_y.y - along_y * uv_x.y;
    if (length(tangent) < 1e-9) return n;
    if (uv_x.x * uv_y.y - uv_x.y * uv_y.x < 0.0) tangent = -tangent;
    tangent = normalize(tangent - n * dot(n, tangent));
    vec3 q = texture(map, uv).xyz * 2.0 - 1.0;
    return normalize((tangent * q.x + cross(n, tangent) * q.y) * strength + n * max(q.z, 0.25));
}

vec3 surface_color(vec3 texel) {
    vec3 surface = clamp(color_matrix * texel, 0.0, 1.0);
    if (has_fabric) {
        float shade = dot(texel, vec3(0.3, 0.59, 0.11)) / texture_luminance;
        surface = texture(fabric_map, v_metric_uv * fabric_scale).rgb * mix(1.0, shade, texture_detail);
    }
    if (has_print && v_rest.z > 0.3) {
        vec2 at = (v_rest.xy - print_rectangle.xy) / print_rectangle.zw;
        if (abs(at.x) < 1.0 && abs(at.y) < 1.0) {
            vec4 ink = texture(print_map, at * 0.5 + 0.5);
            surface = mix(surface, ink.rgb, ink.a);
        }
    }
    return surface;
}

float lit_share(vec3 surface_normal) {
    float lit = 0.0;
    for (int i = 0; i < 4; i++) {
        vec2 offset = vec2(float(i & 1) - 0.5, float(i >> 1) - 0.5) * 0.0035;
        lit += texture(shadow_map, vec3(v_in_lamp.xy + offset, v_in_lamp.z - 0.004));
    }
    return 0.25 * lit * step(0.0, dot(surface_normal, lamp_direction) + 0.15);
}

void main() {
    if (v_cut < 0.0) discard;
    vec4 texel = texture(diffuse_map, v_uv);
    if (!blending && texel.a < 0.5) discard;
    if (blending && (texel.a >= 0.5 || texel.a < 0.03)) discard;

    vec3 facing = normalize(v_normal);
    if (!gl_FrontFacing) facing = -facing;
    vec3 n = facing;
    if (has_normals) n = bend(n, normal_map, v_uv, 1.0);
    else if (wrinkle > 0.0) n = bend(n, normal_map, v_metric_uv * vec2(0.14, 0.1), wrinkle);

    vec3 albedo = pow(surface_color(texel.rgb), vec3(2.2)) * tint;
    float open = has_occlusion ? texture(occlusion_map, v_uv).r : 1.0;
    if (!gl_FrontFacing && has_fabric) open *= 0.45;

    vec3 to_eye = normalize(eye - v_position);
    vec3 half_way = normalize(to_eye + lamp_direction);
    float wrap = 0.12 + 0.25 * skin;
    float diffuse = max((dot(n, lamp_direction) + wrap) / (1.0 + wrap), 0.0);
    float lit = lit_share(facing);
    vec3 ambient = mix(ground_color, sky_color, n.y * 0.5 + 0.5) * open;
    float grazing = pow(1.0 - max(dot(n, to_eye), 0.0), 4.0);

    vec3 light = albedo * (ambient + lamp_color * diffuse * lit);
    light += specular * (pow(max(dot(n, half_way), 0.0), 24.0) * lit * lamp_color + grazing * ambient * 0.5);
    light += skin * albedo * vec3(0.12, 0.02, 0.01) * grazing;
    light = light / (1.0 + light * 0.22);
    color = vec4(pow(light, vec3(1.0 / 2.2)), blending ? texel.a : 1.0);

    int code = first_triangle + gl_PrimitiveID + 1;
    vec4 bytes = vec4(float(code & 255), float((code >> 8) & 255), float((code >> 16) & 255), 255.0) / 255.0;
    triangle = blending ? vec4(0.0) : bytes;
}
