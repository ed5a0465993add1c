package io.segmentdrop.shell.ops.security;

import io.segmentdrop.shell.config.IssuerProperties;
import io.segmentdrop.shell.ops.Roles;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;

/** The role that the issuer's claim gives; none for anybody else. */
record IssuerRoles(IssuerProperties properties) implements GrantedAuthoritiesMapper {

    @Override
    public Collection<GrantedAuthority> mapAuthorities(Collection<? extends GrantedAuthority> authorities) {
        Set<GrantedAuthority> roles = new HashSet<>();
        authorities.stream()
                .filter(OAuth2UserAuthority.class::isInstance)
                .map(OAuth2UserAuthority.class::cast)
                .flatMap(user -> values(user.getAttributes().get(properties.roleClaim())).stream())
                .forEach(value -> {
                    if (properties.operators().contains(value)) {
                        roles.add(new SimpleGrantedAuthority("ROLE_" + Roles.OPERATOR));
                    }
                    if (properties.viewers().contains(value)) {
                        roles.add(new SimpleGrantedAuthority("ROLE_" + Roles.VIEWER));
                    }
                });
        return roles;
    }

    private static List<String> values(@Nullable Object claim) {
        if (claim instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return claim == null ? List.of() : List.of(claim.toString());
    }
}
