package dev.livefeed.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by token or session, and how often somebody may be wrong. */
class HttpLoginTest {

    private static final AccessTokens BOTH = AccessTokens.parse(
            AccessToken.line("ann", TokenScope.TRADE, "a") + '\n' + AccessToken.line("bob", TokenScope.READ, "b"), "F");

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final HttpLogin login = new HttpLogin(new TokenStore(null, BOTH, BOTH), clock::get);

    private HttpLogin.Decision ask(String method, String session, String... authorizations) {
        return login.check(new LoginRequest(method, "/strategy/pause", List.of(authorizations), session, "192.0.2.1"));
    }

    private int status(String method, String... authorizations) {
        HttpLogin.Decision decision = ask(method, null, authorizations);
        return decision.refusal() == null ? 200 : decision.refusal().status();
    }

    @Test
    void changesOfTheRunningProgramNeedTheScopeControl() {
        assertThat(TokenScope.neededFor("POST", "/sources/bybit/restart")).isEqualTo(TokenScope.CONTROL);
        assertThat(TokenScope.neededFor("DELETE", "/log/levels")).isEqualTo(TokenScope.CONTROL);
        assertThat(TokenScope.neededFor("GET", "/sources")).isEqualTo(TokenScope.READ);
        assertThat(TokenScope.neededFor("POST", "/logs")).as("of the operator").isEqualTo(TokenScope.TRADE);
        assertThat(TokenScope.neededFor("POST", "/strategy/pause")).isEqualTo(TokenScope.TRADE);
        assertThat(TokenScope.TRADE.includes(TokenScope.CONTROL)).isFalse();
        assertThat(TokenScope.CONTROL.includes(TokenScope.TRADE)).isTrue();
    }

    @Test
    void tradeIncludesReadAndReadDoesNotIncludeTrade() {
        assertThat(status("GET", "Bearer a")).isEqualTo(200);
        assertThat(status("POST", "bearer  a ")).isEqualTo(200);
        assertThat(status("GET", "Bearer b")).isEqualTo(200);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "PROPFIND")) {
            assertThat(status(method, "Bearer b")).isEqualTo(403);
        }
        assertThat(ask("POST", null, "Bearer b").refusal().challenge())
                .isEqualTo("Bearer realm=\"livefeed\", error=\"insufficient_scope\", scope=\"trade\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer x", "Basic YTpi", "a", "Bearer a b", "Bearera", "Bearer a, Bearer a"})
    void otherCredentialsAreWrong(String authorization) {
        assertThat(status("GET", authorization)).isEqualTo(401);
        assertThat(ask("GET", null, authorization).refusal().challenge()).contains("error=\"invalid_token\"");
    }

    @Test
    void credentialsMustBeThereOnce() {
        assertThat(status("GET")).isEqualTo(401);
        assertThat(ask("GET", null).refusal().challenge()).isEqualTo("Bearer realm=\"livefeed\"");
        assertThat(status("GET", "Bearer a", "Bearer a")).isEqualTo(401);
    }

    @Test
    void aSessionHasTheScopeOfItsTokenAndEnds() {
        HttpLogin.SignedIn signed = login.signIn("b", "192.0.2.1");

        assertThat(ask("GET", signed.id()).principal().token().name()).isEqualTo("bob");
        assertThat(ask("POST", signed.id()).refusal().status()).isEqualTo(403);
        assertThat(ask("GET", signed.id() + "x").refusal().status()).isEqualTo(401);
        clock.addAndGet(LoginSessions.SECONDS * 1_000);
        assertThat(ask("GET", signed.id()).refusal().reason()).startsWith("the session has ended");
        assertThat(login.signIn("c", "192.0.2.1").refusal().status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSessionOnly() {
        String id = login.signIn("a", "192.0.2.1").id();
        LoginPrincipal principal = ask("GET", id).principal();
        assertThat(login.stillKnown(principal)).isTrue();
        login.signOut(principal);

        assertThat(login.stillKnown(principal)).isFalse();
        assertThat(ask("GET", id).principal()).isNull();
        assertThat(status("GET", "Bearer a")).isEqualTo(200);
    }

    @Test
    void theOldestSessionGivesWay() {
        String first = login.signIn("a", "192.0.2.1").id();
        String second = login.signIn("a", "192.0.2.1").id();
        for (int i = 1; i < LoginSessions.MOST; i++) {
            login.signIn("a", "192.0.2.1");
        }
        assertThat(ask("GET", first).principal()).isNull();
        assertThat(ask("GET", second).principal()).isNotNull();
    }

    @Test
    void wrongCredentialsAreLimitedAndRightOnesAreNot() {
        for (int i = 0; i < FailureBudget.AT_ONCE; i++) {
            assertThat(status("GET", "Bearer x")).isEqualTo(401);
        }
        LoginRefusal refusal = ask("GET", null, "Bearer x").refusal();
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retrySeconds()).isEqualTo(FailureBudget.MILLIS_EACH / 1_000);
        assertThat(status("GET", "Bearer a")).isEqualTo(200);
        assertThat(login.signIn("x", "192.0.2.1").refusal().status()).isEqualTo(429);
        assertThat(login.signIn("x", "192.0.2.2").refusal().status()).isEqualTo(401);
        clock.addAndGet(refusal.retrySeconds() * 1_000);
        assertThat(status("GET", "Bearer x")).isEqualTo(401);
        assertThat(status("GET", "Bearer x")).isEqualTo(429);
    }

    @Test
    void theClientsThatAreRememberedAreLimited() {
        FailureBudget budget = new FailureBudget(clock::get);
        for (int i = 0; i < FailureBudget.CLIENTS + 100; i++) {
            budget.failed("client " + i);
        }
        assertThat(budget.clients()).isEqualTo(FailureBudget.CLIENTS);
    }

    @Test
    void aRemovedTokenEndsItsSessionsAndConnections() throws Exception {
        TokenStore store = new TokenStore(null, BOTH, BOTH);
        HttpLogin before = new HttpLogin(store, clock::get);
        LoginPrincipal principal = before.check(new LoginRequest(
                        "GET",
                        "/strategy/pause",
                        List.of(),
                        before.signIn("b", "c").id(),
                        "c"))
                .principal();
        AccessTokens less = AccessTokens.parse(AccessToken.line("bob", TokenScope.READ, "z"), "F");

        assertThat(before.stillKnown(principal)).isTrue();
        assertThat(new HttpLogin(new TokenStore(null, less, less), clock::get).stillKnown(principal))
                .isFalse();
    }
}
