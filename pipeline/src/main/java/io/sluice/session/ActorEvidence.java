package io.sluice.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one exchange says about who sent it.
 *
 * @param own the best credential of the sender; empty where there is none
 * @param links credentials that belong to a better one
 */
record ActorEvidence(Optional<Credential> own, List<Link> links) {
    private static final Set<String> GIVEN = Set.of(
            "accesstoken",
            "token",
            "idtoken",
            "jwt",
            "authtoken",
            "sessiontoken",
            "sessionid",
            "bearer",
            "refreshtoken");
    private static final int SHORTEST = 8;

    /** The holder of {@code credential} is the holder of {@code better}. */
    record Link(Credential credential, Credential better) {}

    static ActorEvidence of(RequestReading request, Message response) {
        List<Credential> sent = new ArrayList<>(request.credentials());
        request.refresh().ifPresent(sent::add);
        Optional<Credential> login = request.login();
        List<Credential> given = given(response);
        Optional<Credential> subject = first(given, ActorKind.JWT);
        Optional<Credential> best = sent.stream().findFirst();
        boolean strong = best.filter(credential -> credential.kind().compareTo(ActorKind.TOKEN) < 0)
                .isPresent();
        Optional<Credential> owner =
                login.isPresent() || !strong ? subject.or(() -> login).or(() -> best) : best;
        Optional<Credential> own = owner.or(() -> given.stream().findFirst());
        List<Link> links = new ArrayList<>();
        own.filter(holder -> holder.kind() != ActorKind.API_KEY).ifPresent(holder -> {
            links(sent, holder, links);
            links(given, holder, links);
            links(login.stream().toList(), holder, links);
        });
        return new ActorEvidence(own, links);
    }

    /** Links what changes hands to its holder. A program's key may stand for many users, so nothing is linked to it. */
    private static void links(List<Credential> credentials, Credential holder, List<Link> links) {
        for (Credential credential : credentials) {
            boolean linkable = credential.kind() == ActorKind.TOKEN
                    || credential.kind() == ActorKind.COOKIE
                    || credential.kind() == ActorKind.LOGIN;
            if (linkable && !credential.equals(holder)) {
                links.add(new Link(credential, holder));
            }
        }
    }

    private static List<Credential> given(Message response) {
        List<Credential> given = new ArrayList<>();
        response.fields(GIVEN).stream()
                .filter(token -> token.length() >= SHORTEST)
                .map(Credential::token)
                .forEach(given::add);
        response.header("Set-Cookie").forEach(cookie -> given.addAll(Cookies.given(cookie)));
        return given;
    }

    private static Optional<Credential> first(List<Credential> credentials, ActorKind kind) {
        return credentials.stream()
                .filter(credential -> credential.kind() == kind)
                .findFirst();
    }
}
