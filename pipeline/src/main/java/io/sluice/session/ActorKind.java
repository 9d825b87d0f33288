package io.sluice.session;

import java.util.Locale;

/** The evidence by which an actor was recognised, the best first. */
public enum ActorKind {
    /** Subject of a JSON web token. */
    JWT,
    /** User of HTTP basic or digest authentication. */
    BASIC,
    /** Key of a program. */
    API_KEY,
    /** A token without readable content. */
    TOKEN,
    /** A session cookie. */
    COOKIE,
    /** The user name in a login request. */
    LOGIN,
    /** Nothing but the address and the user agent. */
    ADDRESS,
    /** The captured service itself, as sender of outbound exchanges. */
    SERVICE;

    /** As it stands in {@code session.actor_kind}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
