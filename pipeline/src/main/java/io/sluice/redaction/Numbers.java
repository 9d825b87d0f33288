package io.sluice.redaction;

/** Finds payment cards and phone numbers where digits begin; what could be an order number, a time or a price is none. */
final class Numbers {
    private static final int NONE = -1;
    private static final int FEWEST_PHONE_DIGITS = 8;
    private static final int MOST_PHONE_DIGITS = 15;
    private static final int MOST_CARD_DIGITS = 19;

    private Numbers() {}

    /** End of the card number that begins at {@code from}, or -1. */
    static int cardEnd(byte[] text, int from, int to) {
        byte[] digits = new byte[MOST_CARD_DIGITS];
        int count = 0;
        int separator = 0;
        int i = from;
        int end = from;
        while (i < to) {
            byte symbol = text[i];
            if (isDigit(symbol)) {
                if (count == MOST_CARD_DIGITS) {
                    return NONE;
                }
                digits[count++] = (byte) (symbol - '0');
                end = ++i;
            } else if ((symbol == ' ' || symbol == '-')
                    && (separator == 0 || separator == symbol)
                    && i + 1 < to
                    && isDigit(text[i + 1])
                    && (count == 4 || (separator != 0 && count < 16 && count >= 8))) {
                separator = symbol;
                i++;
            } else {
                break;
            }
        }
        return isCard(digits, count) && endsHere(text, end, to) ? end : NONE;
    }

    /** Whether digits from 0 to 9 are the number of a card that could have been issued. */
    static boolean isCard(byte[] digits, int count) {
        return count >= 13 && issued(digits, count) && luhn(digits, count) == 0;
    }

    /** What is missing to a multiple of ten by Luhn's formula (ISO/IEC 7812-1 Annex B): 0 for a valid number. */
    static int luhn(byte[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            if (i % 2 == 1) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
        }
        return (10 - sum % 10) % 10;
    }

    private static boolean issued(byte[] digits, int count) {
        int two = digits[0] * 10 + digits[1];
        int four = two * 100 + digits[2] * 10 + digits[3];
        return switch (count) {
            case 13 -> digits[0] == 4;
            case 14 -> two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
            case 15 -> two == 34 || two == 37;
            case 16 ->
                digits[0] == 4
                        || (two >= 51 && two <= 55)
                        || (four >= 2221 && four <= 2720)
                        || four == 6011
                        || (two >= 60 && two <= 65)
                        || (four >= 3528 && four <= 3589)
                        || two == 50
                        || (two >= 56 && two <= 58);
            case 19 -> digits[0] == 4 || two == 62 || two == 63;
            default -> two == 62 && count > 16;
        };
    }

    /** End of the phone number that begins at {@code from} with a digit, a plus sign or a parenthesis, or -1. */
    static int phoneEnd(byte[] text, int from, int to) {
        int end = switch (text[from]) {
            case '+' -> international(text, from + 1, to, false);
            case '(' -> local(text, from, to);
            case '0' -> from + 2 < to && text[from + 1] == '0' ? international(text, from + 2, to, true) : NONE;
            default -> local(text, from, to);
        };
        return end != NONE && endsHere(text, end, to) ? end : NONE;
    }

    private static int international(byte[] text, int from, int to, boolean separated) {
        if (from >= to || text[from] < '1' || text[from] > '9') {
            return NONE;
        }
        int digits = 0;
        int separators = 0;
        int run = 0;
        int end = from;
        for (int i = from; i < to && run <= 2; i++) {
            if (isDigit(text[i])) {
                digits++;
                separators += run > 0 ? 1 : 0;
                run = 0;
                end = i + 1;
            } else if (text[i] == ' '
                    || text[i] == '-'
                    || text[i] == '.'
                    || text[i] == '/'
                    || text[i] == '('
                    || text[i] == ')') {
                run++;
            } else {
                break;
            }
        }
        boolean phone = digits >= FEWEST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS && (!separated || separators >= 1);
        return phone ? end : NONE;
    }

    /** {@code 415-555-0100}, {@code 415.555.0100}, {@code (415) 555-0100}, each also after {@code 1-}. */
    private static int local(byte[] text, int from, int to) {
        int i = from;
        if (i + 1 < to && text[i] == '1' && (text[i + 1] == '-' || text[i + 1] == '.')) {
            i += 2;
        }
        boolean parenthesis = i < to && text[i] == '(';
        i += parenthesis ? 1 : 0;
        if (!exchangeCode(text, i, to)) {
            return NONE;
        }
        i += 3;
        if (parenthesis) {
            if (i >= to || text[i] != ')') {
                return NONE;
            }
            i += i + 1 < to && text[i + 1] == ' ' ? 2 : 1;
        } else {
            if (i >= to || (text[i] != '-' && text[i] != '.')) {
                return NONE;
            }
            i++;
        }
        if (!exchangeCode(text, i, to) || i + 8 > to || (text[i + 3] != '-' && text[i + 3] != '.')) {
            return NONE;
        }
        if (!parenthesis && text[i + 3] != text[i - 1]) {
            return NONE;
        }
        for (int k = i + 4; k < i + 8; k++) {
            if (!isDigit(text[k])) {
                return NONE;
            }
        }
        return i + 8;
    }

    private static boolean exchangeCode(byte[] text, int at, int to) {
        return at + 3 <= to && text[at] >= '2' && text[at] <= '9' && isDigit(text[at + 1]) && isDigit(text[at + 2]);
    }

    /** Whether a number may begin at {@code at}: {@code x4111...}, {@code 0.4111...} and the like are parts of something else. */
    static boolean beginsHere(byte[] text, int at, int floor) {
        if (at == floor) {
            return true;
        }
        byte before = text[at - 1];
        return !isWord(before) && before != '.' && before != '+' && (before != '-' || isDigit(text[at]));
    }

    private static boolean endsHere(byte[] text, int end, int to) {
        if (end == to) {
            return true;
        }
        byte after = text[end];
        if (after == '.' || after == '-') {
            return end + 1 == to || !isWord(text[end + 1]);
        }
        return !isWord(after) && after != '@';
    }

    static boolean isDigit(byte symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    static boolean isWord(byte symbol) {
        return isDigit(symbol)
                || (symbol >= 'a' && symbol <= 'z')
                || (symbol >= 'A' && symbol <= 'Z')
                || symbol == '_'
                || symbol < 0;
    }
}
