using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MonozukuriTown.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "town_ids",
                incrementBy: 10);

            migrationBuilder.CreateTable(
                name: "catalog_change",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_change", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_log",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    batch = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    entity = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    entity_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: true),
                    cells = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "company",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    external_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    kana = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sort_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    corporate_number = table.Column<string>(type: "character(13)", fixedLength: true, maxLength: 13, nullable: true),
                    invoice_number = table.Column<string>(type: "character(14)", fixedLength: true, maxLength: 14, nullable: true),
                    representative = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    contact_person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    contact_person_visibility = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    contact_method = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    tel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    tel_visibility = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    fax = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    fax_visibility = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    email_visibility = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    web = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    postal_code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    city = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    town = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    founded_year = table.Column<int>(type: "integer", nullable: true),
                    capital_yen = table.Column<long>(type: "bigint", nullable: true),
                    employees = table.Column<int>(type: "integer", nullable: true),
                    closed_days = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    summary = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    pr_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    industries = table.Column<List<string>>(type: "text[]", nullable: false),
                    customers = table.Column<List<string>>(type: "text[]", nullable: false),
                    data_formats = table.Column<List<string>>(type: "text[]", nullable: false),
                    materials = table.Column<List<string>>(type: "text[]", nullable: false),
                    visit_ok = table.Column<bool>(type: "boolean", nullable: false),
                    prototype_ok = table.Column<bool>(type: "boolean", nullable: false),
                    from_one_piece = table.Column<bool>(type: "boolean", nullable: false),
                    listed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    diameter_from = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    diameter_to = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    lot_from = table.Column<int>(type: "integer", nullable: true),
                    lot_to = table.Column<int>(type: "integer", nullable: true),
                    max_height = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    max_length = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    max_width = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    roughness_ra = table.Column<decimal>(type: "numeric(9,4)", precision: 9, scale: 4, nullable: true),
                    thickness_from = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    thickness_to = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    tolerance = table.Column<decimal>(type: "numeric(9,5)", precision: 9, scale: 5, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    place = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    summary = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: true),
                    published = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event", x => x.id);
                    table.CheckConstraint("ck_event_times", "ends_at >= starts_at");
                });

            migrationBuilder.CreateTable(
                name: "identity_roles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_log_personal",
                columns: table => new
                {
                    change_id = table.Column<long>(type: "bigint", nullable: false),
                    cells = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_log_personal", x => x.change_id);
                    table.ForeignKey(
                        name: "fk_change_log_personal_change_log_change_id",
                        column: x => x.change_id,
                        principalTable: "change_log",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "award",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    fiscal_year = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_award", x => x.id);
                    table.ForeignKey(
                        name: "fk_award_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "capability",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    process = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    process_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    materials = table.Column<List<string>>(type: "text[]", nullable: false),
                    in_house = table.Column<bool>(type: "boolean", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    diameter_from = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    diameter_to = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    lot_from = table.Column<int>(type: "integer", nullable: true),
                    lot_to = table.Column<int>(type: "integer", nullable: true),
                    max_height = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    max_length = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    max_width = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    roughness_ra = table.Column<decimal>(type: "numeric(9,4)", precision: 9, scale: 4, nullable: true),
                    thickness_from = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    thickness_to = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: true),
                    tolerance = table.Column<decimal>(type: "numeric(9,5)", precision: 9, scale: 5, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_capability", x => x.id);
                    table.ForeignKey(
                        name: "fk_capability_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "company_certification",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    certification_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_certification", x => x.id);
                    table.ForeignKey(
                        name: "fk_company_certification_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "company_section",
                columns: table => new
                {
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    section = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_section", x => new { x.company_id, x.section });
                    table.ForeignKey(
                        name: "fk_company_section_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "company_site",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    postal_code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    city = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    town = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    tel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_site", x => x.id);
                    table.ForeignKey(
                        name: "fk_company_site_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "equipment",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    maker = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    model = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    inspection = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equipment", x => x.id);
                    table.ForeignKey(
                        name: "fk_equipment_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "membership",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    joined_on = table.Column<DateOnly>(type: "date", nullable: false),
                    left_on = table.Column<DateOnly>(type: "date", nullable: true),
                    leave_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    steward = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_membership", x => x.id);
                    table.CheckConstraint("ck_membership_dates", "left_on is null or left_on >= joined_on");
                    table.ForeignKey(
                        name: "fk_membership_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "old_address",
                columns: table => new
                {
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_old_address", x => x.path);
                    table.ForeignKey(
                        name: "fk_old_address_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "old_slug",
                columns: table => new
                {
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_old_slug", x => x.slug);
                    table.ForeignKey(
                        name: "fk_old_slug_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "product",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product", x => x.id);
                    table.ForeignKey(
                        name: "fk_product_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    role_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_role_claims_identity_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "identity_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "company_user",
                columns: table => new
                {
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_user", x => new { x.company_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_company_user_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_company_user_identity_users_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_user_claims_identity_users_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_identity_user_logins_identity_users_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    Data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_identity_user_passkeys_identity_users_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_roles",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_identity_user_roles_identity_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "identity_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_user_roles_identity_users_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_identity_user_tokens_identity_users_user_id",
                        column: x => x.user_id,
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "work_item",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: true),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    link = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_work_item_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_work_item_identity_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "identity_users",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_award_company_id",
                table: "award",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_award_number",
                table: "award",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_capability_company_id",
                table: "capability",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_catalog_change_xid",
                table: "catalog_change",
                column: "xid");

            migrationBuilder.CreateIndex(
                name: "ix_change_log_at",
                table: "change_log",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_change_log_batch",
                table: "change_log",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "ix_change_log_company_id_at",
                table: "change_log",
                columns: new[] { "company_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_change_log_entity_entity_id",
                table: "change_log",
                columns: new[] { "entity", "entity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_company_corporate_number",
                table: "company",
                column: "corporate_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_company_external_id",
                table: "company",
                column: "external_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_company_slug",
                table: "company",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_company_sort_key_id",
                table: "company",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_company_status",
                table: "company",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "ix_company_certification_company_id",
                table: "company_certification",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_company_site_company_id",
                table: "company_site",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_company_user_user_id",
                table: "company_user",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_equipment_company_id",
                table: "equipment",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_event_slug",
                table: "event",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_event_starts_at",
                table: "event",
                column: "starts_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_role_claims_role_id",
                table: "identity_role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "role_name_index",
                table: "identity_roles",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_claims_user_id",
                table: "identity_user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_logins_user_id",
                table: "identity_user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_passkeys_user_id",
                table: "identity_user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_roles_role_id",
                table: "identity_user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "email_index",
                table: "identity_users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "user_name_index",
                table: "identity_users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_membership_company_id",
                table: "membership",
                column: "company_id",
                unique: true,
                filter: "left_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_membership_company_id_joined_on",
                table: "membership",
                columns: new[] { "company_id", "joined_on" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_old_address_company_id",
                table: "old_address",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_old_slug_company_id",
                table: "old_slug",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_product_company_id",
                table: "product",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_work_item_closed_at_due",
                table: "work_item",
                columns: new[] { "closed_at", "due" });

            migrationBuilder.CreateIndex(
                name: "ix_work_item_company_id",
                table: "work_item",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_work_item_kind_subject",
                table: "work_item",
                columns: new[] { "kind", "subject" },
                unique: true,
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_work_item_owner_id",
                table: "work_item",
                column: "owner_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "award");

            migrationBuilder.DropTable(
                name: "capability");

            migrationBuilder.DropTable(
                name: "catalog_change");

            migrationBuilder.DropTable(
                name: "change_log_personal");

            migrationBuilder.DropTable(
                name: "company_certification");

            migrationBuilder.DropTable(
                name: "company_section");

            migrationBuilder.DropTable(
                name: "company_site");

            migrationBuilder.DropTable(
                name: "company_user");

            migrationBuilder.DropTable(
                name: "data_protection_key");

            migrationBuilder.DropTable(
                name: "equipment");

            migrationBuilder.DropTable(
                name: "event");

            migrationBuilder.DropTable(
                name: "identity_role_claims");

            migrationBuilder.DropTable(
                name: "identity_user_claims");

            migrationBuilder.DropTable(
                name: "identity_user_logins");

            migrationBuilder.DropTable(
                name: "identity_user_passkeys");

            migrationBuilder.DropTable(
                name: "identity_user_roles");

            migrationBuilder.DropTable(
                name: "identity_user_tokens");

            migrationBuilder.DropTable(
                name: "membership");

            migrationBuilder.DropTable(
                name: "old_address");

            migrationBuilder.DropTable(
                name: "old_slug");

            migrationBuilder.DropTable(
                name: "product");

            migrationBuilder.DropTable(
                name: "work_item");

            migrationBuilder.DropTable(
                name: "change_log");

            migrationBuilder.DropTable(
                name: "identity_roles");

            migrationBuilder.DropTable(
                name: "company");

            migrationBuilder.DropTable(
                name: "identity_users");

            migrationBuilder.DropSequence(
                name: "town_ids");
        }
    }
}
