package dev.livefeed.app.login;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may send a request: who has a token, or a session that was opened with one. Who has a right token is not
 * refused because of others who have the same address and a wrong one. Thread-safe.
 */
public final class HttpLogin {

    private static final Logger LOG = LoggerFactory.getLogger(HttpLogin.class);
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]{1,512}) *");
    private static final long LOG_MILLIS = 10_000;

    private final TokenStore tokens;
    private final LoginSessions sessions;
    private final FailureBudget failures;
    private final LongSupplier millis;
    private final AtomicLong failed = new AtomicLong();
    private volatile String lastClient = "";
    private long reported;
    private long reportedAt;

    /** The result of a check: either part is null. */
    public record Decision(LoginPrincipal principal, LoginRefusal refusal) {}

    /**
     * The result of signing in: either part is null.
     *
     * @param id of the session
     */
    public record SignedIn(String id, AccessToken token, LoginRefusal refusal) {}

    /** @param millis a clock that never goes back */
    public HttpLogin(TokenStore tokens, LongSupplier millis) {
        this.tokens = tokens;
        this.sessions = new LoginSessions(millis);
        this.failures = new FailureBudget(millis);
        this.millis = millis;
        this.reportedAt = millis.getAsLong() - LOG_MILLIS;
    }

    /** Whether a login is wanted at all. */
    public boolean required() {
        return !tokens.current().isEmpty();
    }

    /** Decides about a request; its method and path tell the scope it needs. */
    public Decision check(LoginRequest request) {
        Decision known = known(request);
        if (known.principal() == null) {
            return known;
        }
        TokenScope needed = TokenScope.neededFor(request.method(), request.path());
        AccessToken token = known.principal().token();
        return token.scope().includes(needed) ? known : new Decision(null, LoginRefusal.scope(token, needed));
    }

    /** Decides about a request that needs no scope, such as signing out. */
    public Decision known(LoginRequest request) {
        List<String> given = request.authorizations();
        if (given.isEmpty()) {
            return bySession(request.session());
        }
        Matcher bearer = BEARER.matcher(given.get(0).strip());
        AccessToken token =
                given.size() == 1 && bearer.matches() ? tokens.current().find(bearer.group(1)) : null;
        return token == null
                ? new Decision(
                        null,
                        failure(
                                request.client(),
                                "the token is wrong, or has been removed; send Authorization: Bearer TOKEN once"))
                : new Decision(new LoginPrincipal(token, null), null);
    }

    private Decision bySession(String id) {
        if (id == null) {
            return new Decision(null, LoginRefusal.missing());
        }
        LoginPrincipal found = sessions.find(id);
        AccessToken token = found == null ? null : tokens.current().current(found.token());
        return token == null
                ? new Decision(null, LoginRefusal.wrong("the session has ended; sign in again at /"))
                : new Decision(new LoginPrincipal(token, found.session()), null);
    }

    /** Opens a session for who has a token. */
    public SignedIn signIn(String text, String client) {
        AccessToken token = text.length() > 512 ? null : tokens.current().find(text);
        return token == null
                ? new SignedIn(null, null, failure(client, "the token is wrong, or has been removed"))
                : new SignedIn(sessions.open(token), token, null);
    }

    public void signOut(LoginPrincipal principal) {
        if (principal.session() != null) {
            sessions.end(principal.session());
        }
    }

    /** Whether what was decided earlier would be decided again; asked for connections that stay open. */
    public boolean stillKnown(LoginPrincipal principal) {
        AccessToken token = tokens.current().current(principal.token());
        return token != null
                && token.scope().includes(principal.token().scope())
                && (principal.session() == null || sessions.token(principal.session()) != null);
    }

    private LoginRefusal failure(String client, String reason) {
        failed.incrementAndGet();
        lastClient = client;
        long wait = failures.failed(client);
        return wait == 0 ? LoginRefusal.wrong(reason) : LoginRefusal.tooOften(wait);
    }

    /** Logs failures, at most once in ten seconds. Called by one thread. */
    public void report() {
        long now = millis.getAsLong();
        long all = failed.get();
        if (all > reported && now - reportedAt >= LOG_MILLIS) {
            LOG.warn(
                    "http_login_failed requests={} clients={} last={}: wrong credentials were refused",
                    all - reported,
                    failures.clients(),
                    lastClient);
            reported = all;
            reportedAt = now;
        }
    }
}
