using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MonozukuriTown.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Freshness : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "freshness_request",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    handed_on_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freshness_request", x => x.id);
                    table.ForeignKey(
                        name: "fk_freshness_request_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "freshness_answer",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    company_id = table.Column<int>(type: "integer", nullable: false),
                    request_id = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    choice = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    sections = table.Column<string[]>(type: "text[]", nullable: false),
                    who = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    call_time = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    link_id = table.Column<long>(type: "bigint", nullable: true),
                    entered_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freshness_answer", x => x.id);
                    table.ForeignKey(
                        name: "fk_freshness_answer_company_company_id",
                        column: x => x.company_id,
                        principalTable: "company",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_freshness_answer_freshness_request_request_id",
                        column: x => x.request_id,
                        principalTable: "freshness_request",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_freshness_answer_identity_users_entered_by",
                        column: x => x.entered_by,
                        principalTable: "identity_users",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_freshness_answer_mailed_link_link_id",
                        column: x => x.link_id,
                        principalTable: "mailed_link",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_freshness_answer_company_id_at",
                table: "freshness_answer",
                columns: new[] { "company_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_freshness_answer_entered_by",
                table: "freshness_answer",
                column: "entered_by");

            migrationBuilder.CreateIndex(
                name: "ix_freshness_answer_link_id",
                table: "freshness_answer",
                column: "link_id");

            migrationBuilder.CreateIndex(
                name: "ix_freshness_answer_request_id",
                table: "freshness_answer",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_freshness_request_closed_at",
                table: "freshness_request",
                column: "closed_at",
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_freshness_request_company_id_due",
                table: "freshness_request",
                columns: new[] { "company_id", "due" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "freshness_answer");

            migrationBuilder.DropTable(
                name: "freshness_request");
        }
    }
}
