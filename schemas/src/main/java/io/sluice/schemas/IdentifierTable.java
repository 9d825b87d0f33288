package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Blind index: the keyed hash of an identifier that stands in an exchange. */
public final class IdentifierTable {
    public static final String IDENTIFIER_HASH = "identifier_hash";
    public static final String KIND = "kind";
    public static final String EXCHANGE_ID = "exchange_id";
    public static final String CAPTURED_DATE = "captured_date";
    public static final String LOCATION = "location";
    public static final String KEY_VERSION = "key_version";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "identifier", "Blind index: the keyed hash of an identifier that stands in an exchange.")
            .required(
                    IDENTIFIER_HASH,
                    StringType,
                    NONE,
                    "Keyed hash of kind and normalised value; says nothing without the tenant's key")
            .required(KIND, StringType, NONE, "email, phone, card, subject, credential, address ...")
            .required(EXCHANGE_ID, StringType, NONE, "Exchange it stands in")
            .required(CAPTURED_DATE, DateType, NONE, "UTC date of that exchange")
            .required(
                    LOCATION, StringType, NONE, "Part of the exchange it stands in, e.g. request.body, response.header")
            .required(KEY_VERSION, StringType, NONE, "Version of the tenant's key that made the hash")
            .required(RUN_ID, StringType, NONE, "Run that wrote the row")
            .subjects(IDENTIFIER_HASH)
            .clusteredBy(EXCHANGE_ID)
            .property("delta.enableDeletionVectors", "true") // rows go by exchange; by hash, Bloom filters lead to them
            .build();

    private IdentifierTable() {}
}
