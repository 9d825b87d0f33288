package io.sluice.capture;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of captures: RFC 3339, of any precision, to microseconds since 1970. Only times from 1970 to 9999 can
 * be kept, since the id of an exchange begins with its capture time in milliseconds.
 */
final class CaptureTime {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final String text;
    private int at;

    private CaptureTime(String text) {
        this.text = text;
    }

    static long micros(@Nullable String text) throws RejectedException {
        if (text == null || text.isBlank()) {
            throw new RejectedException(RejectReason.MISSING_TIMESTAMP, "The exchange does not say when it happened");
        }
        long micros = new CaptureTime(text.strip()).parse();
        if (micros < 0 || micros >= LocalDate.of(10_000, 1, 1).toEpochDay() * MICROS_PER_DAY) {
            throw new RejectedException(
                    RejectReason.TIMESTAMP_OUT_OF_RANGE,
                    "The time of the exchange is not between the years 1970 and 9999");
        }
        return micros;
    }

    private long parse() throws RejectedException {
        int year = year();
        expect('-');
        int month = digits(2, 1, 12);
        expect('-');
        int day = digits(2, 1, YearMonth.of(year, month).lengthOfMonth());
        char separator = next();
        if (separator != 'T' && separator != 't' && separator != ' ') {
            throw bad();
        }
        long second = digits(2, 0, 23) * 3_600L;
        expect(':');
        second += digits(2, 0, 59) * 60L;
        if (peek() == ':') {
            at++;
            second += digits(2, 0, 60);
        }
        long fraction = fraction();
        second -= offsetSeconds();
        return LocalDate.of(year, month, day).toEpochDay() * MICROS_PER_DAY + second * 1_000_000L + fraction;
    }

    private int year() throws RejectedException {
        boolean expanded = peek() == '+' || peek() == '-';
        if (!expanded) {
            return digits(4, 0, 9_999);
        }
        int sign = next() == '-' ? -1 : 1;
        return sign * digits(6, 0, 999_999);
    }

    private long fraction() {
        if (peek() != '.' && peek() != ',') {
            return 0;
        }
        at++;
        long micros = 0;
        long weight = 100_000;
        while (isDigit(peek())) {
            micros += weight * (text.charAt(at++) - '0');
            weight /= 10;
        }
        return micros;
    }

    /** Without a zone the time is taken as UTC, as the captures that leave it out are written. */
    private long offsetSeconds() throws RejectedException {
        if (at == text.length()) {
            return 0;
        }
        char sign = next();
        if (sign == 'Z' || sign == 'z') {
            return endWith(0);
        }
        if (sign != '+' && sign != '-') {
            throw bad();
        }
        long seconds = digits(2, 0, 18) * 3_600L;
        if (peek() == ':') {
            at++;
        }
        if (at < text.length()) {
            seconds += digits(2, 0, 59) * 60L;
        }
        return endWith(sign == '-' ? -seconds : seconds);
    }

    private long endWith(long seconds) throws RejectedException {
        if (at != text.length()) {
            throw bad();
        }
        return seconds;
    }

    private int digits(int count, int least, int most) throws RejectedException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            char c = next();
            if (!isDigit(c)) {
                throw bad();
            }
            value = value * 10 + (c - '0');
        }
        if (value < least || value > most) {
            throw bad();
        }
        return value;
    }

    private void expect(char wanted) throws RejectedException {
        if (next() != wanted) {
            throw bad();
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() throws RejectedException {
        if (at == text.length()) {
            throw bad();
        }
        return text.charAt(at++);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static RejectedException bad() {
        return new RejectedException(
                RejectReason.BAD_TIMESTAMP, "The time of the exchange is not of the form 2026-11-20T09:00:00.000Z");
    }
}
