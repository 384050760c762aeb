using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MonozukuriTown.Core.Data;

public static class OptionsInWords
{
    /// <summary>Holds the options to their annotations, and says of what is wrong the annotation's own sentence and nothing else.</summary>
    public static OptionsBuilder<T> ValidateInWords<T>(this OptionsBuilder<T> options) where T : class
    {
        options.Services.AddSingleton<IValidateOptions<T>>(new Annotations<T>());
        return options;
    }

    private sealed class Annotations<T> : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            List<ValidationResult> wrong = [];
            return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
                ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong.Select(w => w.ErrorMessage!));
        }
    }
}
