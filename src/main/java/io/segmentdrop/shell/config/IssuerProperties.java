package io.segmentdrop.shell.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing in with OpenID Connect, beside the users of this file. Who bears none of the values below may not come in.
 *
 * @param uri the issuer, which publishes /.well-known/openid-configuration; absent: no such sign-in
 * @param clientId the client's id at the issuer
 * @param clientSecret the client's secret at the issuer
 * @param redirectUri where the issuer sends people back to: https://HOST/login/oauth2/code/issuer; absent: the host that the
 *     browser asked for
 * @param nameClaim the claim that names the person in the history
 * @param roleClaim the claim, a text or a list, that decides on the role
 * @param operators the values of the claim that make an operator
 * @param viewers the values of the claim that make a viewer
 */
public record IssuerProperties(
        @Nullable String uri,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        @Nullable String redirectUri,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("groups") String roleClaim,
        @DefaultValue List<String> operators,
        @DefaultValue List<String> viewers) {

    public IssuerProperties {
        uri = Texts.orNull(uri);
        clientId = Texts.orNull(clientId);
        clientSecret = Secret.orNull(clientSecret);
        redirectUri = Texts.orNull(redirectUri);
        operators = List.copyOf(operators);
        viewers = List.copyOf(viewers);
    }
}
