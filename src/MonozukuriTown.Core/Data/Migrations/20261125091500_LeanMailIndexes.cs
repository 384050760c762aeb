using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MonozukuriTown.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class LeanMailIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outgoing_mail_address_key",
                table: "outgoing_mail");

            migrationBuilder.DropIndex(
                name: "ix_outgoing_mail_body_id",
                table: "outgoing_mail");

            migrationBuilder.DropIndex(
                name: "ix_outgoing_mail_state_created_at",
                table: "outgoing_mail");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_body_id",
                table: "outgoing_mail",
                column: "body_id",
                filter: "mailing_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_troubled",
                table: "outgoing_mail",
                columns: new[] { "state", "id" },
                filter: "state in ('Failed', 'Uncertain', 'Suppressed')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outgoing_mail_body_id",
                table: "outgoing_mail");

            migrationBuilder.DropIndex(
                name: "ix_outgoing_mail_troubled",
                table: "outgoing_mail");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_address_key",
                table: "outgoing_mail",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_body_id",
                table: "outgoing_mail",
                column: "body_id");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_state_created_at",
                table: "outgoing_mail",
                columns: new[] { "state", "created_at" });
        }
    }
}
