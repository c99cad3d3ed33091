package dev.livefeed.exchange.account;

/** The API key that the private stream accepts, with its secret. */
public record ExchangeCredentials(String key, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "ExchangeCredentials[key=" + key + "]";
    }
}
