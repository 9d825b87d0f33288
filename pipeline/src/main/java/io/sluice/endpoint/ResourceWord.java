package io.sluice.endpoint;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What English says about a fixed path segment: whether it names a collection, an action, and its singular. */
final class ResourceWord {
    private static final Pattern BORDER = Pattern.compile("[-_.+]|(?<=[a-z0-9])(?=[A-Z])");
    private static final Set<String> IRREGULAR = Set.of("people", "children", "media", "men", "women", "criteria");

    /** Plural in form only: what follows is a kind of it, seldom an item of it. */
    private static final Set<String> MASS = words("""
            stats statistics analytics metrics settings preferences details options insights news series
            sms dns aws gps nfs cms css ios tls sales logistics graphics permissions restrictions credentials limits
            """);

    private static final Set<String> ACTIONS = words("""
            search find lookup query filter list all any me self current mine own new latest recent default
            create add insert edit update delete remove destroy show get set count batch bulk export import
            upload download validate verify check confirm cancel approve reject accept decline start stop
            restart reset refresh revoke retry rerun run enable disable activate deactivate login logout
            signin signup signout register authenticate authorize subscribe unsubscribe follow unfollow
            lock unlock merge move copy clone archive restore publish preview submit send resend sync
            generate transfer ping health healthz ready status summary schema attach detach assign compare
            calculate estimate convert renew rotate invite join leave complete close open reopen pay
            capture refund force popular trending autocomplete suggest
            """);

    private ResourceWord() {}

    /** True where items may follow: {@code orders}, {@code check-runs}, {@code people}. */
    static boolean isCollection(String word) {
        String head = head(word);
        return IRREGULAR.contains(head) || isPlural(head);
    }

    /** True for the plural form of a plain word, which seldom is a name that somebody gave. */
    static boolean isPlural(String word) {
        String head = head(word);
        return head.length() > 2 && head.endsWith("s") && !MASS.contains(head) && !head.matches(".*(ss|us|is)");
    }

    /** True for {@code options}, {@code stats} and other plurals that have no items. */
    static boolean isMass(String word) {
        return MASS.contains(head(word));
    }

    /** True for a verb or a pointer: {@code search}, {@code latest}, {@code me}. */
    static boolean isAction(String word) {
        return ACTIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** True where a verb or a pointer leads: {@code rerun-failed-jobs}, {@code findByStatus}. */
    static boolean startsWithAction(String word) {
        return ACTIONS.contains(BORDER.split(word, 2)[0].toLowerCase(Locale.ROOT));
    }

    /** True for three words and more: {@code fork-pr-approval}. */
    static boolean isPhrase(String word) {
        return BORDER.split(word, 0).length > 2;
    }

    /** {@code categories} -> {@code category}, {@code check-runs} -> {@code check_run}. */
    static String singular(String word) {
        String name =
                String.join("_", BORDER.split(word, 0)).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
        if (name.equals("people")) {
            return "person";
        }
        if (name.equals("children")) {
            return "child";
        }
        if (!isPlural(name)) {
            return name;
        }
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + "y";
        }
        if (name.matches(".*(sses|shes|[nrt]ches|xes)")) {
            return name.substring(0, name.length() - 2);
        }
        return name.substring(0, name.length() - 1);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+", 0));
    }

    private static String head(String word) {
        String[] parts = BORDER.split(word, 0);
        return parts.length == 0 ? "" : parts[parts.length - 1].toLowerCase(Locale.ROOT);
    }
}
